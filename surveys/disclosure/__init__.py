"""Results with disclosure control: which counts of a closed round can be shown to anyone without giving anyone away.

    publish(microdata, declared, earlier, public, progress, presences) -> Publication | Refusal

`microdata`: the answers as they stood at closing, as arrays. `declared`: the tables to publish (the city's and the 部's are
added where a table adds up to them). `earlier`: all publications so far, of this round and others; tables of this round are
audited together with the new ones. `public`: headcounts, the response counts that were shown, and what people tell of
themselves. `presences`: numbers of 課 to publish beside the tables, as ranges. The result is a frozen
model: store `model_dump_json()`, read it by `Publication.model_validate_json`, and never compute it again. A refusal, like
`Publication.left`, says why in a sentence for people, without a number.

Keep the answers of closing, without identity, as long as further tables are to be possible: when they have changed (a
submission deleted since), a further publication is refused, because the difference would be that person.

Pure: no input or output, no clock, no chance. scipy is imported at the first audit. docs/decisions/0006 has the threat model.
"""

from surveys.disclosure.microdata import (
    CITY,
    DIVISION,
    SECTION,
    Answers,
    AskedIf,
    Attribute,
    Declared,
    Microdata,
    Presence,
    PublicKnowledge,
    Question,
    Section,
    Told,
)
from surveys.disclosure.publication import (
    Cell,
    Left,
    Present,
    Publication,
    Range,
    Refusal,
    Reliance,
    Row,
    State,
    Table,
    Together,
)
from surveys.disclosure.publish import Progress, publish

__all__ = [
    "CITY",
    "DIVISION",
    "SECTION",
    "Answers",
    "AskedIf",
    "Attribute",
    "Cell",
    "Declared",
    "Left",
    "Microdata",
    "Presence",
    "Present",
    "Progress",
    "PublicKnowledge",
    "Publication",
    "Question",
    "Range",
    "Refusal",
    "Reliance",
    "Row",
    "Section",
    "State",
    "Table",
    "Together",
    "Told",
    "publish",
]
