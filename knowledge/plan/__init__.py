"""Reading a city's plan document into articles of the official layer, word for word."""

from knowledge.plan.coverage import Coverage, LeftOut
from knowledge.plan.document import PlanDocument, parse_plan, read_plan
from knowledge.plan.errors import PlanError
from knowledge.plan.reading import decode_plan

__all__ = ["Coverage", "LeftOut", "PlanDocument", "PlanError", "decode_plan", "parse_plan", "read_plan"]
