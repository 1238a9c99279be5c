-- Why documents of this run are in quarantine, the commonest reason first, each with the first of them.
SELECT error_code, count(*) AS documents, min(source_ref), arg_min(message, source_ref)
FROM staged_quarantine
GROUP BY error_code
ORDER BY documents DESC, error_code;
