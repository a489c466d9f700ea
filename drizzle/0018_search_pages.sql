-- What a search costs (docs/decisions/010, 032). Lexemes of one word as a query: any of them, or for a run of signs all.
CREATE FUNCTION search_query_of(lexemes text[], all_of_them boolean) RETURNS tsquery LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN
	('''' || replace(replace(array_to_string(lexemes, ' '), '''', ''''''), ' ', CASE WHEN all_of_them THEN '''&''' ELSE '''|''' END) || '''')::tsquery;
--> statement-breakpoint
-- A document as far as ranking needs it.
CREATE TYPE search_candidate AS (number bigint, topic_id uuid, at timestamptz, title text);
--> statement-breakpoint
DROP FUNCTION search_matches(tsquery, int, int, uuid[], uuid[], uuid, text, uuid, text, timestamptz);
--> statement-breakpoint
-- Documents that match, five hundred at most and rather the newest: first the two newest buckets, which are enough for a
-- common word; then, for a rare one, the whole index; and where that would be too much, bucket after bucket. Through the
-- indexes only, and not through that of spaces (IS TRUE): it would be read once for each space she may enter. Planned once;
-- only what narrows a search to a space, a language or an author is planned anew each time, so that it is looked up as well.
CREATE FUNCTION search_matches(query tsquery, last_number bigint, first_number bigint, spaces uuid[], blocked uuid[], of_space uuid, of_lang text,
	by_author uuid, of_kind text, since timestamptz) RETURNS search_candidate[] LANGUAGE plpgsql STABLE
	SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_indexscan = off SET jit = off AS $$
DECLARE
	enough CONSTANT int := 100;
	newest int := last_number / 10000;
	looked_at int := 0;
	part search_candidate[];
	found search_candidate[] := '{}';
BEGIN
	IF of_space IS NOT NULL OR of_lang IS NOT NULL OR by_author IS NOT NULL THEN
		PERFORM set_config('plan_cache_mode', 'force_custom_plan', true);
	END IF;
	LOOP
		found := found || ARRAY(
			SELECT ROW(d.number, d.topic_id, d.at, d.title)::search_candidate FROM search_documents d
			WHERE d.tokens @@ query AND d.bucket = newest AND (d.space_id = ANY (spaces)) IS TRUE AND (blocked = '{}' OR NOT d.people && blocked)
				AND (of_space IS NULL OR d.space_id = of_space) AND (of_lang IS NULL OR d.lang = of_lang)
				AND (by_author IS NULL OR d.author_id = by_author) AND (of_kind IS NULL OR d.kind = of_kind)
				AND (since IS NULL OR d.at >= since)
			ORDER BY d.at DESC LIMIT 500);
		EXIT WHEN newest IS NULL OR newest = first_number / 10000 OR cardinality(found) >= enough;
		looked_at := looked_at + 1;
		-- As often as in the newest documents it would come in all of them no more than five hundred times.
		IF looked_at = 2 AND cardinality(found) * (last_number - first_number) <= 500 * (last_number - newest * 10000::bigint + 1) THEN
			part := ARRAY(
				SELECT ROW(d.number, d.topic_id, d.at, d.title)::search_candidate FROM search_documents d
				WHERE d.tokens @@ query AND (d.space_id = ANY (spaces)) IS TRUE AND (blocked = '{}' OR NOT d.people && blocked)
					AND (of_space IS NULL OR d.space_id = of_space) AND (of_lang IS NULL OR d.lang = of_lang)
					AND (by_author IS NULL OR d.author_id = by_author) AND (of_kind IS NULL OR d.kind = of_kind)
					AND (since IS NULL OR d.at >= since)
				LIMIT 501);
			IF cardinality(part) <= 500 THEN RETURN part; END IF;
		END IF;
		newest := newest - 1;
	END LOOP;
	RETURN found;
END $$;
--> statement-breakpoint
DROP FUNCTION search_best(text[], boolean[], text[], text[], uuid[], uuid[], uuid, text, uuid, text, timestamptz, int, int);
--> statement-breakpoint
-- The best document of each conversation that fits, the best first: most words as they stand, then in the title, then the
-- newest. Where none has every word, those that have some (or some pairs of a run of signs). `found_by`: what the words may
-- be found by, the same in every row.
CREATE FUNCTION search_best(words text[], as_they_stand boolean[], without text[], hears text[], spaces uuid[], blocked uuid[],
	of_space uuid, of_lang text, by_author uuid, of_kind text, since timestamptz, skipped int, shown int)
	RETURNS TABLE (place int, number bigint, every boolean, further int, found_by text[]) LANGUAGE plpgsql STABLE ROWS 21 SET jit = off AS $$
DECLARE
	newest bigint := (SELECT d.number FROM search_documents d ORDER BY d.number DESC LIMIT 1);
	oldest bigint := (SELECT d.number FROM search_documents d ORDER BY d.number LIMIT 1);
	says_nothing boolean[] := '{}';
	lexemes text[];
	sought text[] := '{}';
	forms tsquery[] := '{}';
	exactly tsquery[] := '{}';
	left_out tsquery := ''::tsquery;
	every_word tsquery := ''::tsquery;
	some_word tsquery := ''::tsquery;
	candidates search_candidate[];
	scores int[];
	others search_candidate[];
	has_every boolean := true;
	is_whole boolean := true;
BEGIN
	found_by := '{}';
	FOR i IN 1..cardinality(words) LOOP
		says_nothing := says_nothing || search_says_nothing(words[i], hears);
	END LOOP;
	FOR i IN 1..cardinality(words) LOOP
		lexemes := CASE WHEN as_they_stand[i] AND NOT search_is_unspaced(words[i]) THEN ARRAY[words[i]] ELSE search_alternatives(words[i]) END;
		found_by := found_by || lexemes;
		CONTINUE WHEN says_nothing[i] AND false = ANY (says_nothing);
		sought := sought || words[i];
		forms := forms || search_query_of(lexemes, search_is_unspaced(words[i]));
		exactly := exactly || CASE WHEN search_is_unspaced(words[i]) THEN search_query_of(lexemes, true) ELSE search_query_of(ARRAY[words[i]], true) END;
		every_word := every_word && search_query_of(lexemes, search_is_unspaced(words[i]));
		some_word := some_word || search_query_of(lexemes, false);
	END LOOP;
	FOR i IN 1..cardinality(without) LOOP
		left_out := left_out && !!search_query(without[i], true);
	END LOOP;
	every_word := every_word && left_out;
	some_word := some_word && left_out;
	IF cardinality(sought) = 1 AND exactly[1]::text <> forms[1]::text THEN
		-- Texts with the word itself stand before all with another form of it, and mostly fill the page.
		candidates := search_matches(exactly[1] && left_out, newest, oldest, spaces, blocked, of_space, of_lang, by_author, of_kind, since);
		scores := array_fill(3, ARRAY[cardinality(candidates)]);
		is_whole := false;
	ELSE
		candidates := search_matches(every_word, newest, oldest, spaces, blocked, of_space, of_lang, by_author, of_kind, since);
		has_every := cardinality(candidates) > 0;
		IF NOT has_every AND some_word::text <> every_word::text THEN
			candidates := search_matches(some_word, newest, oldest, spaces, blocked, of_space, of_lang, by_author, of_kind, since);
		END IF;
		scores := array_fill(3, ARRAY[cardinality(candidates)]);
	END IF;
	IF cardinality(sought) > 1 AND cardinality(candidates) > 0 THEN
		-- strip() reads the lexemes of a document once, however many words are looked for.
		SELECT array_agg(scored.candidate), array_agg(scored.score) INTO candidates, scores FROM (
			SELECT document.candidate, (
				SELECT sum(CASE WHEN document.lexemes @@ e THEN 3 WHEN has_every OR document.lexemes @@ f THEN 1 ELSE 0 END)
				FROM unnest(forms, exactly) AS w (f, e))::int AS score
			FROM (
				SELECT c AS candidate, strip(d.tokens) AS lexemes FROM unnest(candidates) AS c
				JOIN search_documents d ON d.number = c.number OFFSET 0) document) scored;
	END IF;
	LOOP
		RETURN QUERY
		WITH found AS (
			SELECT c.number AS n, c.topic_id, c.at, c.score + CASE WHEN c.title IS NULL THEN 0 ELSE (
				SELECT 2 * count(*) FROM unnest(sought) AS w WHERE strpos(' ' || c.title || ' ', ' ' || w || ' ') > 0) END AS score
			FROM unnest(candidates, scores) AS c (number, topic_id, at, title, score)
		),
		best AS (
			SELECT DISTINCT ON (topic_id) n, at, score, count(*) OVER (PARTITION BY topic_id) AS texts
			FROM found ORDER BY topic_id, score DESC, at DESC, n DESC
		)
		SELECT (row_number() OVER (ORDER BY score DESC, at DESC, n DESC))::int, n, has_every, (texts - 1)::int, found_by
		FROM best WHERE is_whole OR (SELECT count(*) FROM best) >= skipped + shown ORDER BY 1 OFFSET skipped LIMIT shown;
		EXIT WHEN is_whole OR FOUND;
		others := search_matches(every_word, newest, oldest, spaces, blocked, of_space, of_lang, by_author, of_kind, since);
		others := ARRAY(SELECT c FROM unnest(others) AS c WHERE c.number NOT IN (SELECT k.number FROM unnest(candidates) AS k));
		candidates := candidates || others;
		scores := scores || array_fill(1, ARRAY[cardinality(others)]);
		is_whole := true;
	END LOOP;
END $$;
