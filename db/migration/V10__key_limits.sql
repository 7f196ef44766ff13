-- How many calls a second a key may make; null for the configured number.
ALTER TABLE api_keys ADD COLUMN calls_per_second int CHECK (calls_per_second > 0);
