"""Days, bucket, stage, action and open amount of a ledger's items, as formulas that call our names."""

from __future__ import annotations

from xlcredit.excel.additions import Formula
from xlcredit.excel.native.ranges import Ranges
from xlcredit.excel.native.spelling import filed
from xlcredit.excel.recalculated.itemcells import ItemCells


def item_formulas(ranges: Ranges, cells: ItemCells) -> tuple[Formula, ...]:
    """In the order of the ledger's columns; what is not open has none of them.

    The second of our columns says whether an item is open: what is has a bucket, if only that of the undated.
    """
    day = ranges.as_of
    blocked = f"{cells.blocked},{cells.last_stage}"
    # What has a stage is part of a debt: only the stage need net credits.
    action = f'LET(said,DUNNING_ACTION({cells.due},{day},{cells.owed},{blocked}),LEFT(said,FIND(" · ",said&" · ")-1))'
    texts = (
        f'IF({cells.owed}=0,"",DAYS_PAST_DUE({cells.due},{day}))',
        f'IF({cells.owed}=0,"",AGING_BUCKET({cells.aged_from},{day}))',
        f'IF({{own[1]}}{{row}}="","",DUNNING_STAGE({cells.due},{day},{cells.dunned},{blocked}))',
        f'IF(N({{own[2]}}{{row}})=0,"",{action})',
    )
    return (*(Formula(filed(text), dynamic=True) for text in texts), Formula(cells.owed))
