-- In the order of the pairs, so that a question reads only the stretches of the file that hold its own.
INSERT INTO w.internal.search_postings SELECT * FROM new_pairs ORDER BY term, text_no;
DROP TABLE new_pairs;
DROP TABLE new_texts;
