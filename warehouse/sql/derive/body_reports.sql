DELETE FROM w.main.body_reports;
INSERT INTO w.main.body_reports
SELECT r.report_id, b.body_id
FROM w.main.reports r
JOIN stated_bodies b
    ON b.publisher = r.publisher
    AND b.region_code IS NOT DISTINCT FROM r.region_code
    AND b.level IS NOT DISTINCT FROM r.level
    AND b.publisher_kind IS NOT DISTINCT FROM r.publisher_kind
ORDER BY r.report_id;
