"""How the lines around an article begin: the words that pages put there, by kind.

Each entry is matched at the start of a line, whatever its capitals; one that ends in $ is
the whole line. About the habits of pages, none about one outlet. English here, other
languages in frame_languages.py.
"""

import re
from collections.abc import Sequence

from store.ingest.raw import frame_languages
from store.ingest.raw.values import Dirt

_PICTURE = (
    "(?:image|photo(?:graph)?|picture|pic|caption|illustration|graphic|infographic|video|credit|"
    "screenshot|screen ?grab)s?"
)
_WHOSE = (
    "(?: (?:credits?|source|courtesy|by|caption|copyright|via|from|"
    "used for representation(?:al)? purposes?(?: only)?))*"
)
_WHICH = (
    "(?:(?:file|stock|representative|representational|featured?|cover|lead|header|main|press|"
    "hand-?out|screen) )?"
)
_ALSO = (
    "(?:(?:see|read|watch|listen|must|don.?t|also|you (?:may|might)(?: also)?|"
    "what to|most|more|further|"
    "keep|continue) )?"
)
_READ = "(?:read(?:ing)?|related|watch|see|miss|recommended|trending|popular|like|suggested)"
_WHAT = (
    "(?: (?:also|more|next|now|this|too|articles?|stor(?:y|ies)|posts?|news|content|topics|"
    "coverage|reading|links?|videos?|for you|in [\\w ]{3,20}|on this(?: story| topic)?))*"
)
_STAMP = "(?:updated|published|posted|modified|created|issued|uploaded|released)"
_AGO = "(?:sec(?:ond)?|min(?:ute)?|hour|hr|day|week|month|year)s? ago"
_WORKING = (
    "(?:additional )?(?:reporting|editing|writing|compiled|translated|produced|graphics?|research)"
)
_PRINTED = "\\b(?:published|edited|generated|syndicated|feed|republished|licen[cs]e|appeared)\\b"
_REPLIES = "(?:comments?|reply|replies|photos|gallery|all)\\b"

# What begins a line of the frame even where the line is a whole sentence.
_SENTENCES: tuple[tuple[Dirt, Sequence[str]], ...] = (
    (
        Dirt.CAPTION,
        (
            _WHICH + _PICTURE + _WHOSE + r"(?:\s*[:|\u2013\u2014/\u00a9]|\s+-\s|$)",
            "(?:file|photo|image) (?:photo|by|courtesy|credit|via)\\b",
        ),
    ),
    (
        Dirt.COOKIES,
        (
            "we (?:and our partners )?use cookies",
            "this (?:web)?site uses cookies",
            "by (?:continuing|clicking|using|browsing)\\b.*\\byou (?:agree|consent|accept)",
            "we (?:value|care about|respect) your privacy",
            "(?:accept|reject|allow) (?:all|cookies)\\b",
            "(?:manage|change) (?:your )?(?:cookies?|consent|preferences)",
            "cookie (?:policy|settings|notice|preferences)",
            "your privacy$",
        ),
    ),
    (
        Dirt.NEWSLETTER,
        (
            "sign up\\b",
            "subscribe\\b",
            "register (?:now|for free|here)",
            "get (?:the|our|your|all|breaking)\\b.*\\b(?:inbox|newsletter|alerts?|notifications?)",
            "(?:enter|your) (?:your )?e-?mail",
            "join our\\b",
            "download (?:the|our)\\b.*\\bapp\\b",
            "already (?:a|have)\\b.{0,20}\\b(?:subscriber|member|account)\\s*\\?",
            "support (?:our|independent|quality) (?:journalism|work|reporting|mission)",
            "become a (?:member|subscriber|supporter)",
            "newsletters?\\W*$",
            "thank you for (?:reading|signing|subscribing)",
            "please (?:enter|check|sign|log|enable)\\b",
            "stay (?:informed|up to date|updated|tuned|connected)\\b",
            "never miss\\b",
            "for (?:more|all the latest)\\b.*\\b(?:news|updates|stories)\\b",
            "(?:this|the) (?:article|story|content) is (?:for|only|reserved)\\b.*scribers",
            "you have \\d+ .*(?:articles?|stories)",
            "catch all the\\b",
            "turn on notifications",
        ),
    ),
    (
        Dirt.LEGAL,
        (
            "\u00a9",
            "\\(c\\) ",
            "copyright (?:\u00a9|\\(c\\)|\\d)",
            ".{0,60}\\ball rights reserved",
            "the (?:views|opinions)(?: and (?:views|opinions))? (?:expressed|in this)",
            "views expressed",
            "opinions expressed",
            "disclaimer\\s*[:|-]",
            "reproduction\\b.*\\bprohibited",
            "\\(?this (?:story|article|report|copy) (?:was|is|has|first|originally)\\b.*"
            + _PRINTED,
            "\\(?(?:except for the headline|with (?:agency )?inputs|inputs from)",
        ),
    ),
    (
        Dirt.CREDIT,
        (
            "\\(?(?:sources?(?: from)?|via|courtesy|originally published \\w+)\\s*[:|\\u2013]",
            "this article (?:was )?first appeared",
            "\\(?" + _WORKING + " by\\b",
            "[\\w .,'\u2019-]{3,80} contributed (?:to this|to the report|reporting)",
        ),
    ),
    (
        Dirt.ADVERT,
        (
            "(?:story|article) continues? (?:below|after)",
            "scroll (?:down )?to continue",
            "this is an? (?:ad|advertisement)\\b",
        ),
    ),
    (
        Dirt.AUTHOR,
        ("about (?:the )?(?:author|writer)s?\\b", "author bio", "meet the author"),
    ),
    (
        Dirt.CONTACT,
        (
            "follow (?:us|me|him|her|them|@)",
            "follow .{2,40} on (?:twitter|facebook|instagram|telegram|x\\b|linkedin|whatsapp)",
            "find us on",
            "connect with us",
            "(?:got|have) a (?:tip|story)\\b.*\\?",
        ),
    ),
    (Dirt.RELATED, (_ALSO + _READ + _WHAT + r"\s*(?:[:|>\u00bb\u2192]|\.{3}|\u2026$)",)),
)

# What begins one only where the line is no sentence.
_SCRAPS: tuple[tuple[Dirt, Sequence[str]], ...] = (
    (
        Dirt.CAPTION,
        (
            "(?:getty images|ap photo|afp photo|epa-efe|shutterstock|istock|unsplash)\\b",
            "(?:watch|listen)\\s*[:|]",
        ),
    ),
    (
        Dirt.RELATED,
        (
            _ALSO + _READ + _WHAT + r"\s*(?:[|\u2013\u2014-]|$)",
            "more (?:from|on|in|about|stories)\\b",
            "latest (?:news|stories|articles|posts)\\b",
            "editor.?s.? (?:picks?|choice)",
            "top stories",
            "up next",
            "in case you missed",
            "from (?:the|our) (?:archives?|web)",
            "around the web",
            "promoted\\b",
        ),
    ),
    (
        Dirt.ADVERT,
        (
            "(?:advertisements?|adverts?|ads?|sponsored(?: content| by .*)?)\\W*$",
            "(?:continue reading|remove ads|ad feedback|loading\\W*$)",
        ),
    ),
    (Dirt.LEGAL, ("terms (?:of|and)\\b.{0,40}$", "privacy policy\\b", "correction policy")),
    (Dirt.NEWSLETTER, ("donate\\b", "newsletters?\\b", "notifications?$")),
    (
        Dirt.TIME,
        (
            "(?:first |last |originally |date )?"
            + _STAMP
            + r"\b(?: on| at)?\s*[:|\u2013-]?\s*(?:$|.*\d)",
            "(?:\\d+|an?|one|two|few) " + _AGO,
            "\\d+[- ]?min(?:ute)?s?\\.?(?: read| to read)?$",
            "(?:est\\.? )?read(?:ing)? time",
            "(?:just now|yesterday|today)(?: at .*)?$",
            "\\d{1,2}[:.]\\d\\d\\s*(?:[ap]\\.?m\\.?)?\\s*(?:[a-z]{2,4})?$",
        ),
    ),
    (
        Dirt.MENU,
        (
            "(?:skip|jump) to\\b",
            "(?:go|back) to (?:content|top|home)",
            "(?:(?:main )?menu|search|home|close|expand|error|sitemap|javascript)$",
            "(?:log ?in|sign in)\\b.{0,30}$",
            "my account",
            "(?:previous|next|older|newer) (?:article|post|story|page)",
            "(?:tags?|topics?|filed under|categor(?:y|ies)|keywords|posted in|section)\\s*[:|]",
            "\\d+ (?:comments?|views?|shares?|likes?|reads?)$",
            "(?:view|show|see|load|post|add|leave) (?:a |all |more |your )*" + _REPLIES,
            "comments? (?:are )?(?:closed|off|disabled)",
            "no comments",
            "be the first to",
            "listen to (?:this )?article",
            "play(?: video| audio)?$",
            "(?:text|font) size",
            "contact us",
            "about us",
            "advertise\\b",
        ),
    ),
    (
        Dirt.AUTHOR,
        (
            "view all posts",
            "(?:see|view|read) (?:more|all) (?:posts|articles|stories) (?:by|from)",
        ),
    ),
    (
        Dirt.CONTACT,
        ("(?:e-?mail|tel|phone|fax|twitter|contact|follow)\\b.{0,40}[:@]", "write to us"),
    ),
)


def _compiled(
    table: tuple[tuple[Dirt, Sequence[str]], ...],
) -> tuple[tuple[Dirt, re.Pattern[str]], ...]:
    return tuple(
        (dirt, re.compile(f"(?:{'|'.join(openings)})", re.IGNORECASE)) for dirt, openings in table
    )


_IN_SENTENCES = _compiled((*_SENTENCES, *frame_languages.SENTENCES))
_IN_SCRAPS = _compiled((*_SCRAPS, *frame_languages.SCRAPS))


def framed(line: str, *, sentence: bool) -> Dirt | None:
    """Return what `line` is by how it begins; `sentence` tells whether it is a whole one."""
    for dirt, pattern in _IN_SENTENCES if sentence else (*_IN_SENTENCES, *_IN_SCRAPS):
        if pattern.match(line):
            return dirt
    return None
