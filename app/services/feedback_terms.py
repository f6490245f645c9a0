"""Terms to answer feedback."""

from datetime import date, timedelta

from app.models.enums import FeedbackTopic
from app.models.law.counter_rules import ANY_TOPIC, FEEDBACK_TERM
from app.services.calendar import work_calendar
from app.services.context import Context
from app.services.law.rules import rules_in_force
from app.storage.uow import Reading


def feedback_due(topic: FeedbackTopic, context: Context, work: Reading) -> date | None:
    """Return the last day to answer feedback received today.

    None without a term. Working days are counted from the next day.
    """
    terms = {rule.key: rule.value for rule in rules_in_force(work, FEEDBACK_TERM, context.today)}
    term = terms.get(topic.value) or terms.get(ANY_TOPIC)
    if term is None:
        return None
    if "days" in term:
        return context.today + timedelta(days=int(term["days"]))
    calendar, day = work_calendar(work, context.office, context.today), context.today
    for _ in range(int(term["working_days"])):
        day = calendar.next_working(day)
    return day
