"""Names that belong to the page and not to the story: authors, photographers, agencies.

Finds the stretches in which names do not count. Holds no knowledge of names.
"""

import re

from store.ingest.extract.values import Span

_NAME = r"[A-Z][\w.'\u2019-]+(?: [A-Z][\w.'\u2019-]*| (?:de|von|van|al|bin|and|der|la)\b){0,6}"
_AGENCY = r"(?:AP|AFP|Reuters|Getty(?: Images)?|EPA|Shutterstock|Pool)"
_LINES = (  # each is a line of its own
    rf"(?:[Bb]y|BY):? {_NAME}(?:,? (?:in|at|for) [A-Z][^\n.]{{0,40}}|(?:,|\ ?\|)[^\n.]{{0,60}})?",
    (
        r"(?:Written|Reported|Edited|Posted|Published|Photographs?|Photos?|Pictures?|Images?|Video"
        r"|Illustration|Words|Story|Text) by:? [^\n]{3,80}"
    ),
    (
        r"(?:Image source|Image caption|Image|Photo|Photograph|Picture|Credit"
        r"|Photo credit|Image credit|Source|Authors?|Editor|Video|File photo|FILE PHOTO|FILE"
        r"|Caption|Getty Images)"
        r"\s?[:,\u2014\u2013-][^\n]{0,200}"
    ),
    (
        r"(?:About the (?:author|writer)s?|Related (?:articles?|stories|topics|content|Articles?"
        r"|Topics|Stories)|Read (?:more|also|next)|More (?:on|from)|See also|Tags|Topics|Share this"
        r"|Follow us|Also read|Recommended)\b(?:[:|][^\n]{0,200})?"
    ),
    rf"[^\n.]{{3,80}}/ ?{_AGENCY}",
)
_WITHIN = (
    (
        r"\((?:Additional )?(?:[Rr]eporting|[Ww]riting|[Ee]diting|[Cc]ompiled) (?:and \w+ )?by "
        r"[^)]{3,300}\)"
    ),
    rf"\({_AGENCY}? ?(?:Photo|Image|Picture)[^)\n]{{0,80}}\)",
    r"\[(?:Photo|Image|File|Picture)[^\]\n]{0,120}\]",
)
_FURNITURE = re.compile(
    rf"^[ \t]*(?:{'|'.join(_LINES)})[ \t]*$"
    r"|(?:Additional )?(?:Reporting|Writing|Editing) by [^\n]{3,200}$"
    rf"|{'|'.join(_WITHIN)}",
    re.MULTILINE,
)
_BLURB = re.compile(
    rf"^[ \t]*(?P<name>{_NAME}) (?:is (?:an?|the) (?:[\w,-]+ ){{0,5}}(?:correspondent|reporter"
    r"|editor|columnist|contributor|journalist|fellow|writer|author|blogger)"
    r"|reports (?:from|on|for)|contributed to this|covers)\b[^\n]*$",
    re.MULTILINE,
)
_TAIL = 800  # characters
_MARKS = re.compile(
    r"\b(?:[Bb]y|BY|Photo|Image|Reporting|[Ee]diting|Getty|AFP|Reuters|Related|Read|Share|Source"
    r"|Credit|Authors?|Editor|reports|contributed|correspondent|columnist|reporter|Caption|Video)\b"
)


def furniture(text: str) -> tuple[Span, ...]:
    """Return the stretches of `text` that are of the page: bylines, credits, blurbs."""
    if _MARKS.search(text) is None:
        return ()
    found = [Span(*match.span()) for match in _FURNITURE.finditer(text)]
    tail = max(text.find("\n"), 0, len(text) - _TAIL)  # authors are told of at the end
    found += [
        Span(*match.span())
        for match in _BLURB.finditer(text, tail)
        if match["name"] not in text[: match.start()]  # else it is whom the text is about
    ]
    return tuple(sorted(found))
