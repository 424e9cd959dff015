"""The words that give words to somebody: verbs of saying and thinking, and their patterns.

The lists are our own compilation: what an editor would call a verb of saying. Holds no
knowledge of who speaks.
"""

import re

from store.ingest.extract.masking import MASK
from store.ingest.extract.words import words_of

# Verbs that stand beside words in quotation marks, before or after their speaker.
_SAYING = words_of(
    """
say tell add write tweet reply note explain insist argue claim contend warn declare state announce
assert acknowledge admit concede confirm suggest predict promise vow pledge stress emphasise
emphasize maintain allege report reveal recall remark observe joke quip shout yell ask answer
respond continue conclude complain testify caution boast lament muse exclaim plead repeat
reiterate retort counter post offer proclaim whisper mutter cry snap scoff sigh sing chant comment
interject recount elaborate clarify volunteer opine bellow gloat enthuse grumble gripe beg profess
confess disclose relate murmur mumble growl bark intone venture posit surmise chide gush deadpan
fume thunder read
"""
)
# Verbs of thinking, and of saying without the words: they take "that …".
_THINKING = words_of(
    """
believe think feel know hope fear worry expect agree doubt suspect assume understand realise
realize decide imagine guess wish learn estimate forecast calculate determine rule indicate show
find mean imply hint demonstrate propose recommend demand deny dispute swear assure remind inform
advise notify convince persuade signal underscore underline mention hear see discover speculate
theorise theorize reckon consider
"""
)
# Verbs of naming, judging and asking for: the words quoted are part of the writer's sentence.
_JUDGING = words_of(
    """
call describe dub label brand accuse blame criticise criticize denounce condemn slam blast dismiss
praise mock deride decry ridicule hail tout cite quote urge encourage implore order refer charge
characterise characterize defend attack compare question invoke liken lambast rip knock disparage
bash berate scold chide rebuke applaud laud salute welcome commend endorse reject rail address
discuss reference raise wonder brag apologise apologize thank greet portray depict cast paint term
deem want seek support oppose favour favor challenge express voice pray summarise summarize exhort
nickname taunt jeer chastise pound tease bemoan pan
"""
)
_IRREGULAR = {
    "say": "says said saying", "tell": "tells told telling",
    "write": "writes wrote written writing",
    "read": "reads read reading", "sing": "sings sang singing",
    "think": "thinks thought thinking", "feel": "feels felt feeling",
    "know": "knows knew knowing", "understand": "understands understood understanding",
    "show": "shows showed shown showing", "find": "finds found finding",
    "mean": "means meant meaning", "swear": "swears swore swearing", "hear": "hears heard hearing",
    "see": "sees saw seeing", "forecast": "forecasts forecast forecasting",
    "speak": "speaks spoke speaking", "cast": "casts cast casting", "seek": "seeks sought seeking",
}  # fmt: skip
_DOUBLED = words_of(
    """
quip admit beg pan dub rip knot refer snap rebut brag
"""
)
_VOWELS = frozenset("aeiou")


def _forms(verb: str) -> list[str]:
    """Return the forms of `verb` that follow a subject, and its participle in -ing."""
    if verb in _IRREGULAR:
        return [verb, *_IRREGULAR[verb].split()]
    if verb in _DOUBLED:
        stem = verb + verb[-1]
        return [verb, verb + "s", stem + "ed", stem + "ing"]
    if verb.endswith("e"):
        return [verb, verb + "s", verb + "d", verb[:-1] + "ing"]
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return [verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"]
    third = verb + ("es" if verb.endswith(("s", "sh", "ch", "x")) else "s")
    return [verb, third, verb + "ed", verb + "ing"]


SAYING = frozenset(form for verb in _SAYING for form in _forms(verb))
THINKING = frozenset(form for verb in _THINKING for form in _forms(verb))
JUDGING = frozenset(form for verb in _JUDGING for form in _forms(verb))
# After these a clause may follow without "that".
BARE_CLAUSE = frozenset(
    form
    for verb in words_of(
        """
say tell add note insist argue claim contend warn acknowledge admit concede suggest predict
promise vow believe think hope fear know agree doubt assure deny maintain allege complain wish
report confirm
"""
    )
    for form in _forms(verb)
)
# These may stand before their subject: "…," said the mayor.
_INVERTED = words_of(
    """
say add write tweet reply note explain insist argue warn declare recall remark observe joke quip
shout yell ask answer continue conclude complain exclaim admit announce read agree chant respond
claim suggest wonder think believe cry lament muse counter retort testify predict report caution
"""
)
INVERTED = frozenset(
    form for verb in _INVERTED for form in _forms(verb) if not form.endswith("ing")
)
# The object of these is who is spoken to: "told reporters that …".
TELLING = frozenset(
    form
    for verb in words_of(
        """
tell remind inform assure warn ask advise notify convince persuade
"""
    )
    for form in _forms(verb)
)

# Forms that are nouns or adjectives as often: behind an article or a preposition they are no cues.
NOUNS = words_of(
    """
report reports claim claims find finds show shows question questions call calls offer offers blame
hope hopes fear fears concern comment comments charge charges promise demand demands attack
attacks answer answers support urge forecast forecasts estimate estimates reading hearing finding
meaning feeling thinking understanding warning ruling tweet tweets post posts vow vows pledge
pledges quote quotes pan bark relate venture voice voices challenge challenges doubt doubts
express reply replies state states note notes label labels cast knock paint term terms notice
address addresses read mock discussion remark remarks joke jokes shout shouts cry cries wish worry
worries guess signal signals rule rules estimate brand brands reference references counter repeat
record comparison defense request recommend dispute disputes suspect suspects agreed united stated
reported alleged expected known supposed learned feeling saying talk talks speak praise wonder
salute welcome approach snap rip rap chant chants whisper sigh ask opening writing
"""
)

# Forms without an ending.
BASES = frozenset((*_SAYING, *_THINKING, *_JUDGING)) - {"read", "cast", "forecast"}

_AUXILIARY = (
    r"has|have|had|is|are|was|were|be|been|being|would|will|could|can|may|might|must|should|did"
    r"|does|do|not|never|also|then|later|once|again|even|only|just|now|still|often|first|so"
    r"|further|soon|already|twice|long|once again|went on to|goes on to|began|tried to|used to"
    r"|refused to|declined to|wanted to|took to Twitter to|[a-z]+ly|[a-z]+n['\u2019]t"
)
_VERBS = "|".join(sorted(SAYING | THINKING | JUDGING, key=lambda form: (-len(form), form)))
# A verb with what belongs to it: "has also repeatedly said".
CUE = re.compile(
    rf"(?<![\w-])(?:(?:{_AUXILIARY})\s+){{0,5}}(?P<verb>{_VERBS})(?![\w-])"
    r"(?:\s+out(?=\s|,|:))?"
)
# Cues that are no verbs; the speaker follows.
ACCORDING = re.compile(
    r"(?<!\w)(?:according to|in the words of|as quoted by|as told by|as described by)(?=\s)",
    re.IGNORECASE,
)
# "as X put it"
PUT_IT = re.compile(r"(?<!\w)(?:puts?|has put|had put) it(?!\w)")
# "X was quoted as saying", "X was quoted by Reuters as saying"
QUOTED_AS = re.compile(
    r"(?:was|were|is|been) (?:quoted|cited) (?:(?:by|in|on) [^,.;:]{2,40}? )?as saying(?!\w)"
)
# "the agency quoted X as saying"
QUOTING = re.compile(
    r"(?<!\w)(?:quoted|quotes|quoting|cited|cites|citing)(?= [^,.;:]{2,70}? as saying(?!\w))"
)
AS_SAYING = re.compile(r"[^,.;:]{2,70}? as saying")
# He goes on, and a colon follows.
WENT_ON = re.compile(r"(?<!\w)(?:went|goes|has gone) on(?=:)")
# "he spoke of …", where words in quotation marks follow
SPOKE_OF = re.compile(
    rf"(?<!\w)(?:spoke|speaks|spoken|talked|talks) (?:of|about)(?=(?: an?| the| his| her)? ?{MASK})"
)
