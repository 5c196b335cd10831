"""The nouns and rules; ``building`` makes the small plans that the tests here and elsewhere tell their stories with."""
