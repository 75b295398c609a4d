"""Joins the stages: one contract against one target, each question judged and recorded as it is answered."""

from errorcontract.run.question import Answers, Question
from errorcontract.run.recorder import Recorder
from errorcontract.run.run import Run
from errorcontract.run.settings import Settings

__all__ = ["Answers", "Question", "Recorder", "Run", "Settings"]
