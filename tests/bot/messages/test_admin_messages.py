from dataclasses import fields

from bot.messages.admin import diff_lines
from store.knowledge.reload import Changes, Diff


def test_a_reload_is_told_of_every_kind_there_is() -> None:
    changes = Changes(new=2, changed=1, gone=3)
    kinds = [part.name for part in fields(Diff) if part.name != "story"]
    told = diff_lines(Diff(story=True, **dict.fromkeys(kinds, changes)))
    assert told == (
        "story.yaml: changed",
        *(f"{kind}: 2 new, 1 changed, 3 gone" for kind in kinds),
    )
