"""What every rule shares: errors, exact money, dates, bands. Needs numpy alone."""
