from django.db import migrations

FORBID = """
    CREATE FUNCTION gamification_entry_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' AND to_jsonb(OLD) - 'status' = to_jsonb(NEW) - 'status' THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'the ledger is only added to' USING ERRCODE = 'integrity_constraint_violation';
    END
    $$;
    CREATE TRIGGER entry_stays BEFORE UPDATE OR DELETE ON gamification_entry
        FOR EACH ROW EXECUTE FUNCTION gamification_entry_stays();
"""
ALLOW = """
    DROP TRIGGER entry_stays ON gamification_entry;
    DROP FUNCTION gamification_entry_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("gamification", "0001_ledger")]

    operations = [migrations.RunSQL(FORBID, ALLOW)]
