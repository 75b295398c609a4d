"""Joins the stages: one contract against one target, each question judged and recorded as it is answered."""

from errorcontract.run.audit import Audit
from errorcontract.run.question import Answers, Question
from errorcontract.run.recorded import RecordedRun
from errorcontract.run.recorder import Recorder
from errorcontract.run.run import Run
from errorcontract.run.settings import Settings

__all__ = ["Answers", "Audit", "Question", "RecordedRun", "Recorder", "Run", "Settings"]
