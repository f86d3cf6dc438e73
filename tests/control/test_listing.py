"""What a line of a list is about stands at its left."""

from __future__ import annotations

import numpy as np
import pytest

from xlcredit.control.listing import Field, listing


@pytest.mark.parametrize(
    ("keys", "naming"),
    [(("customer", "name", "score"), 2), (("rank", "customer", "name"), 3), (("customer", "document", "name"), 1),
     (("bucket", "open"), 1)],
)  # fmt: skip
def test_the_columns_that_name_a_line_are_the_first_that_say_who_it_is_about(keys: tuple[str, ...], naming: int):
    assert naming == listing("some", *(Field(key, "text", np.array([""], dtype=object)) for key in keys)).naming
