"""Results with disclosure control: which counts of a closed round can be shown to anyone without giving anyone away.

    publish(microdata, declared, earlier, public, progress) -> Publication | Refusal

`microdata`: the answers as they stood at closing, as arrays. `declared`: the tables to publish (the city's and the 部's are
added where a table adds up to them). `earlier`: all publications so far, of this round and others; tables of this round are
audited together with the new ones. `public`: headcounts and the response counts that were shown. The result is a frozen
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
    PublicKnowledge,
    Question,
    Section,
)
from surveys.disclosure.publication import Cell, Left, Publication, Refusal, Row, State, Table
from surveys.disclosure.publish import publish

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
    "PublicKnowledge",
    "Publication",
    "Question",
    "Refusal",
    "Row",
    "Section",
    "State",
    "Table",
    "publish",
]
