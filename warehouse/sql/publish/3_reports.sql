-- One row a report again, from its primary document.
DELETE FROM w.main.reports WHERE report_id IN (SELECT report_id FROM affected);
DELETE FROM w.main.parts WHERE report_id IN (SELECT report_id FROM affected);
DELETE FROM w.main.checks WHERE report_id IN (SELECT report_id FROM affected);
INSERT INTO w.main.reports BY NAME
    SELECT r.*, getvariable('moment') AS valid_from FROM w.internal.reports r JOIN ranked USING (report_id, document_id) WHERE place = 1 ORDER BY ALL;
-- A statutory part may stand on a further page of the same document.
INSERT INTO w.main.parts BY NAME
    SELECT p.*
    FROM w.internal.parts p
    JOIN ranked r USING (report_id, document_id)
    JOIN w.main.documents d USING (document_id)
    WHERE r.place = 1 OR (r.current AND d.page IS NOT NULL)
    QUALIFY row_number() OVER (PARTITION BY p.report_id, p.part ORDER BY p.status = 'present' DESC, r.place) = 1
    ORDER BY ALL;
INSERT INTO w.main.checks BY NAME
    SELECT c.* FROM w.internal.checks c JOIN ranked USING (report_id, document_id) WHERE place = 1 ORDER BY ALL;

-- A report's value is the one that its primary document states; another document's only where that one states none.
-- What a superseded document says counts only where none of the report's documents is current.
CREATE TEMP TABLE primary_facts AS
SELECT f.fact_id
FROM w.main.facts f
JOIN ranked r USING (document_id)
WHERE
    f.is_document_primary
    AND (r.current OR r.report_id NOT IN (SELECT report_id FROM ranked WHERE current))
QUALIFY row_number() OVER (
    PARTITION BY r.report_id, f.indicator_id, f.applicant_type, f.period
    ORDER BY r.place, f.char_start, f.fact_id
) = 1;
-- The facts to which that gives or takes it.
CREATE TEMP TABLE turned AS
SELECT fact_id, document_id
FROM w.main.facts
WHERE
    report_id IN (SELECT report_id FROM affected)
    AND is_primary <> (fact_id IN (SELECT fact_id FROM primary_facts));
