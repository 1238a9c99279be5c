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
SELECT r.report_id, b.body_id
FROM w.main.reports r
JOIN stated_bodies b
    ON b.publisher = r.publisher
    AND b.region_code IS NOT DISTINCT FROM r.region_code
    AND b.level IS NOT DISTINCT FROM r.level
    AND b.publisher_kind IS NOT DISTINCT FROM r.publisher_kind
WHERE r.report_id IN (SELECT report_id FROM neighbours)
ORDER BY r.report_id;
