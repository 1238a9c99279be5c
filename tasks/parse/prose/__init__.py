"""Numbers stated in sentences, and the reason why each other numeral is none of the year's."""
