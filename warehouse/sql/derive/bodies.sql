-- The bodies of the neighbours anew; a body has no report outside its family.
DELETE FROM w.main.bodies
WHERE body_id IN (
    SELECT body_id
    FROM w.main.body_reports
    WHERE report_id IN (SELECT report_id FROM neighbours UNION ALL SELECT report_id FROM affected)
);
INSERT INTO w.main.bodies SELECT * FROM made_bodies ORDER BY body_id;
DELETE FROM w.main.body_reports
WHERE report_id IN (SELECT report_id FROM neighbours UNION ALL SELECT report_id FROM affected);
INSERT INTO w.main.body_reports
SELECT report_id, body_id
FROM report_bodies
ORDER BY report_id;
