"""Words of charts and of the tables beside them."""

HIDDEN = "秘匿"
BLANK = "－"
LABEL = "項目"
VALUE = "値"
TARGET = "目標"
