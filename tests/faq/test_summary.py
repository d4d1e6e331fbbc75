"""One cause is one message: with the count, the first places and the way out."""

from __future__ import annotations

from faq.model.problem import Place, Problem, make_error, make_warning
from faq.model.summary import FEW_CAUSES, describe_group, group_problems


def describe(problems: list[Problem]) -> list[str]:
    return [
        line for group in group_problems(problems) for line in describe_group(group).split("\n")
    ]


def misdate(row: int, value: str, file: str = "a.csv") -> Problem:
    return make_error(Place(file, row, "更新日"), "date_bad", value=value)


def test_one_problem_is_written_as_it_is() -> None:
    problem = misdate(2, "来月")
    assert describe([problem]) == [str(problem)]


def test_the_same_message_in_many_rows_is_one_line_with_the_count_and_the_first_rows() -> None:
    problems = [misdate(row, "来月") for row in range(2, 900)]
    assert describe(problems) == [
        f"{problems[0]}（同じものが、ほかに897か所: 3・4・5・6・7行目ほか）"
    ]


def test_many_messages_of_one_kind_are_the_first_and_the_places_of_others() -> None:
    problems = [misdate(row, f"{row}日") for row in range(2, 60)]
    lines = describe(problems)
    assert lines[0] == str(problems[0])
    assert lines[1:] == [
        "  同じ種類のものが、ほかに57か所あります: "
        "3行目「3日」、4行目「4日」、5行目「5日」、6行目「6日」、7行目「7日」ほか"
    ]


def test_a_few_messages_of_one_kind_stay_whole() -> None:
    problems = [misdate(row, f"{row}日") for row in range(FEW_CAUSES)]
    assert describe(problems) == [str(problem) for problem in problems]


def test_the_file_is_named_where_it_is_another() -> None:
    problems = [misdate(2, "来月"), misdate(3, "来月", "b.csv"), misdate(4, "来月", "b.csv")]
    assert describe(problems) == [f"{problems[0]}（同じものが、ほかに2か所: b.csv 3・4行目）"]


def test_errors_and_warnings_are_not_put_together() -> None:
    place = Place("a.csv", 2, "回答")
    problems = [make_error(place, "answer_empty"), make_warning(place, "answer_empty")]
    assert describe(problems) == [str(problem) for problem in problems]


def test_unknown_names_are_one_list_the_most_used_first_with_the_nearest_name_each() -> None:
    problems = [
        make_error(
            Place("a.csv", 2, "担当課"), "department_unknown", value="障がい課", hint="どれ"
        ),
        *(
            make_error(Place("a.csv", row, "担当課"), "department_unknown", value="水道課", hint="")
            for row in (3, 4)
        ),
    ]
    heading, *names = describe(problems)
    assert heading.startswith("a.csv: departments.yml にない担当課が2個、3か所にあります。")
    assert "check --fix-names" in heading
    assert names == ["  水道課（3行目から2か所）", "  障がい課（2行目）どれ"]


def test_what_could_be_meant_is_said_once_for_all_unknown_headers() -> None:
    problems = [
        make_error(Place("a.csv", 1, name), "column_unknown", hint="", names="使える名前: 質問")
        for name in ("頁", "項目")
    ]
    assert describe(problems)[1:] == ["  頁（1行目）", "  項目（1行目）", "  使える名前: 質問"]


def test_a_long_list_in_a_message_is_cut_and_whole_for_machines_and_for_all() -> None:
    ids = tuple(str(number) for number in range(1, 9))
    problem = make_warning(Place("a.csv", 2, "状態"), "not_approved", count=8, ids=ids)
    assert "（1、2、3、4、5ほか）" in problem.message
    assert "（1、2、3、4、5、6、7、8）" in problem.describe_whole()
    assert problem.to_dict()["values"] == {"count": 8, "ids": ids}
