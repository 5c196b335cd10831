"""``python -m tests.plan_json_words``: write ``resources/plan-json.md`` anew, from the records themselves."""

from pathlib import Path

from rallyapp.sheets import plan_json

PLACE = Path(__file__).parents[1] / "resources" / "plan-json.md"

if __name__ == "__main__":
    PLACE.write_text(plan_json.description(), encoding="utf-8", newline="\n")
