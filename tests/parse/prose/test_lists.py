"""Lists over semicolons."""

from time import process_time

from tasks.parse.prose.read import read_prose
from tests.parse.documents import from_lines


def test_a_list_takes_time_by_its_length() -> None:
    def cost(items: int) -> float:
        text = ";".join(f"主动公开政府信息{item}条" for item in range(items))
        began = process_time()
        read_prose(from_lines(text), (), 2015, None)
        return process_time() - began

    cost(100)  # reads the rules
    assert min(cost(8000) for _ in range(2)) < 16 * min(cost(1000) for _ in range(2))
