-- What a search costs (docs/decisions/010, 032). Lexemes of one word as a query: any of them, or for a run of signs all.
CREATE FUNCTION search_query_of(lexemes text[], all_of_them boolean) RETURNS tsquery LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN
	('''' || replace(replace(array_to_string(lexemes, ' '), '''', ''''''), ' ', CASE WHEN all_of_them THEN '''&''' ELSE '''|''' END) || '''')::tsquery;
--> statement-breakpoint
-- As before (drizzle/0005), but planned once: only what narrows a search to a space, a language or an author is planned
-- anew each time, so that it is looked up in the index as well.
CREATE OR REPLACE FUNCTION search_matches(query tsquery, newest int, oldest int, spaces uuid[], blocked uuid[], of_space uuid, of_lang text, by_author uuid,
	of_kind text, since timestamptz) RETURNS bigint[] LANGUAGE plpgsql STABLE
	SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_indexscan = off SET jit = off AS $$
DECLARE
	enough CONSTANT int := 100;
	looked_at int := 0;
	part bigint[];
	found bigint[] := '{}';
BEGIN
	IF of_space IS NOT NULL OR of_lang IS NOT NULL OR by_author IS NOT NULL THEN
		PERFORM set_config('plan_cache_mode', 'force_custom_plan', true);
	END IF;
	LOOP
		found := found || ARRAY(
			SELECT d.number FROM search_documents d
			WHERE d.tokens @@ query AND d.bucket = newest AND d.space_id = ANY (spaces) AND (blocked = '{}' OR NOT d.people && blocked)
				AND (of_space IS NULL OR d.space_id = of_space) AND (of_lang IS NULL OR d.lang = of_lang)
				AND (by_author IS NULL OR d.author_id = by_author) AND (of_kind IS NULL OR d.kind = of_kind)
				AND (since IS NULL OR d.at >= since)
			ORDER BY d.at DESC LIMIT 500);
		EXIT WHEN newest IS NULL OR newest = oldest OR cardinality(found) >= enough;
		looked_at := looked_at + 1;
		IF looked_at = 2 THEN
			part := ARRAY(
				SELECT d.number FROM search_documents d
				WHERE d.tokens @@ query AND d.space_id = ANY (spaces) AND (blocked = '{}' OR NOT d.people && blocked)
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
	newest int := (SELECT d.number FROM search_documents d ORDER BY d.number DESC LIMIT 1) / 10000;
	oldest int := (SELECT d.number FROM search_documents d ORDER BY d.number LIMIT 1) / 10000;
	says_nothing boolean[] := '{}';
	lexemes text[];
	sought text[] := '{}';
	forms tsquery[] := '{}';
	exactly tsquery[] := '{}';
	left_out tsquery := ''::tsquery;
	every_word tsquery := ''::tsquery;
	some_word tsquery := ''::tsquery;
	numbers bigint[];
	scores int[];
	others bigint[];
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
		numbers := search_matches(exactly[1] && left_out, newest, oldest, spaces, blocked, of_space, of_lang, by_author, of_kind, since);
		scores := array_fill(3, ARRAY[cardinality(numbers)]);
		is_whole := false;
	ELSE
		numbers := search_matches(every_word, newest, oldest, spaces, blocked, of_space, of_lang, by_author, of_kind, since);
		has_every := numbers <> '{}';
		IF NOT has_every AND some_word::text <> every_word::text THEN
			numbers := search_matches(some_word, newest, oldest, spaces, blocked, of_space, of_lang, by_author, of_kind, since);
		END IF;
		scores := array_fill(3, ARRAY[cardinality(numbers)]);
	END IF;
	IF cardinality(sought) > 1 AND numbers <> '{}' THEN
		-- strip() reads the lexemes of a document once, however many words are looked for.
		SELECT array_agg(scored.n), array_agg(scored.score) INTO numbers, scores FROM (
			SELECT document.n, sum(CASE WHEN document.lexemes @@ e THEN 3 WHEN has_every OR document.lexemes @@ f THEN 1 ELSE 0 END)::int AS score
			FROM (SELECT d.number AS n, strip(d.tokens) AS lexemes FROM search_documents d WHERE d.number = ANY (numbers) OFFSET 0) document
			CROSS JOIN unnest(forms, exactly) AS w (f, e) GROUP BY document.n) scored;
	END IF;
	LOOP
		RETURN QUERY
		WITH found AS (
			SELECT d.number AS n, d.topic_id, d.at, u.score + CASE WHEN d.title IS NULL THEN 0 ELSE (
				SELECT 2 * count(*) FROM unnest(sought) AS w WHERE strpos(' ' || d.title || ' ', ' ' || w || ' ') > 0) END AS score
			FROM unnest(numbers, scores) AS u (n, score) JOIN search_documents d ON d.number = u.n
		),
		best AS (
			SELECT DISTINCT ON (topic_id) n, at, score, count(*) OVER (PARTITION BY topic_id) AS texts
			FROM found ORDER BY topic_id, score DESC, at DESC, n DESC
		)
		SELECT (row_number() OVER (ORDER BY score DESC, at DESC, n DESC))::int, n, has_every, (texts - 1)::int, found_by
		FROM best WHERE is_whole OR (SELECT count(*) FROM best) >= skipped + shown ORDER BY 1 OFFSET skipped LIMIT shown;
		EXIT WHEN is_whole OR FOUND;
		others := search_matches(every_word, newest, oldest, spaces, blocked, of_space, of_lang, by_author, of_kind, since);
		others := ARRAY(SELECT unnest(others) EXCEPT SELECT unnest(numbers));
		numbers := numbers || others;
		scores := scores || array_fill(1, ARRAY[cardinality(others)]);
		is_whole := true;
	END LOOP;
END $$;
