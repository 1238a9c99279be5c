"""Chinese digits as titles and dates write them, the signs that stand for 〇 included."""

DIGITS = {
    character: value
    for value, characters in enumerate(["〇○零0ОO", "一", "二2", "三", "四", "五", "六", "七", "八", "九"])
    for character in characters
}


def digit_by_digit(text: str) -> int:
    """The number that is written digit by digit: 二〇一八."""
    return int("".join(str(DIGITS[character]) for character in text))
