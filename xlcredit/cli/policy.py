"""``xlcredit policy``: show a policy and where each figure comes from, validate one, export one to start from."""

from __future__ import annotations

import argparse

from xlcredit.locales import Words


def policy(options: argparse.Namespace, words: Words) -> int:
    """Shows, validates or exports a policy; all its faults at once are an error."""
    from xlcredit.cli.files import write_whole
    from xlcredit.cli.summary import print_table
    from xlcredit.policy import canonical, figures, fingerprint, load

    found = load(options.policy, sets=options.set)
    if options.action == "validate":
        print(words.phrase("valid", name=found.name, version=found.version, fingerprint=fingerprint(found)))
    elif options.action == "export" and options.output:
        write_whole(options.output, canonical(found))
        print(words.phrase("written", file=options.output))
    elif options.origin:
        print_table([list(figure) for figure in figures(found)], text_columns=3)
    else:
        print(canonical(found), end="")
    return 0
