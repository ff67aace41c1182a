-- The audit log is append-only and hash-chained from its first row. The database does it, so that no code path can forget.

CREATE FUNCTION audit_event_digest(previous bytea, e audit_events) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
  SELECT sha256(previous || convert_to(jsonb_build_array(
    e.id, extract(epoch FROM e.recorded_at)::text, e.kind, e.user_id, e.session_id, e.ip, e.user_agent, e.details
  )::text, 'UTF8'))
$$;

CREATE FUNCTION audit_event_chain() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- One at a time, to the end of the transaction: the next row is chained to one that is there to stay.
  PERFORM pg_advisory_xact_lock(7104822630031);
  NEW.id := nextval(pg_get_serial_sequence('audit_events', 'id'));
  NEW.recorded_at := clock_timestamp();
  NEW.previous_hash := coalesce((SELECT hash FROM audit_events ORDER BY id DESC LIMIT 1), '\x'::bytea);
  NEW.hash := audit_event_digest(NEW.previous_hash, NEW);
  RETURN NEW;
END
$$;

CREATE TRIGGER audit_event_chain BEFORE INSERT ON audit_events FOR EACH ROW EXECUTE FUNCTION audit_event_chain();

CREATE FUNCTION audit_event_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit_events is append-only';
END
$$;

CREATE TRIGGER audit_event_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_events FOR EACH STATEMENT EXECUTE FUNCTION audit_event_keep();
