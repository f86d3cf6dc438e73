"""The add-in, built without Excel: VBA wrappers, ribbon and icons, packed into xlcredit.xlam and xlcredit.xlsm."""
