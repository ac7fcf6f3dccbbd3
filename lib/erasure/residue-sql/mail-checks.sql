-- Removes: attempts to verify an address. They name the address and no account; seen in Synapse's source: deleted only when used.
-- Once for each address of the report; the person or the request knows it, the portal does not keep it.
-- Review: SELECT count(*) FROM threepid_validation_session WHERE address = :'address';
-- Run:    psql -d synapse -v address=name@example.org -f mail-checks.sql
BEGIN;
DELETE FROM threepid_validation_token WHERE session_id IN (SELECT session_id FROM threepid_validation_session WHERE address = :'address');
DELETE FROM threepid_validation_session WHERE address = :'address';
COMMIT;
