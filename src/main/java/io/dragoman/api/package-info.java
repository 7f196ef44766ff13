/**
 * The REST API: the wire format, the envelope of replies, errors, limits, and the resources of the pipeline.
 *
 * <h2>How to add a call</h2>
 * Calls are written in the REST DSL in {@code routes/*.camel.yaml}; a bean does the work and knows nothing of HTTP:
 * <pre>{@code
 * - rest:
 *     id: rest-directives
 *     path: /api/v1/directives
 *     description: Glossary directives
 *     produces: application/json
 *     get:
 *       - id: list-directives
 *         description: The directives of a schema group
 *         param:
 *           - {name: schema_group_id, type: query, dataType: string, required: true, description: Its id or name}
 *           - {name: limit, type: query, dataType: integer, required: false, description: Entries on a page (50)}
 *           - {name: offset, type: query, dataType: integer, required: false, description: Entries to leave out first}
 *         to: direct:list-directives
 *     post:
 *       - id: create-directive
 *         description: Adds a directive
 *         consumes: application/json
 *         type: io.dragoman.schema.DirectiveBody
 *         to: direct:create-directive
 * - route:
 *     id: list-directives
 *     description: Lists the directives of a schema group
 *     routeConfigurationId: rest
 *     from:
 *       uri: direct:list-directives
 *       steps:
 *         - bean:
 *             id: list-directives-read
 *             description: Reads a page of directives
 *             ref: directives
 *             method: list
 * }</pre>
 * and the bean, in this package or one below it, such as {@code api.schema}, as nothing else may depend on the API:
 * <pre>{@code
 * Listing<Directive> list(@Header("schema_group_id") String group, @ExchangeProperty("page") Page page)
 * Directive create(DirectiveBody body)
 * }</pre>
 * <ul>
 * <li>Path and query parameters are message headers of their own names; only snake_case names come through. Take them as
 *     {@code String} and check them; {@code limit} and {@code offset} arrive checked as {@link io.dragoman.api.Page}.
 * <li>The message body is the {@code byte[]} that was sent, at most 1 MB (20 MB below {@code /api/v1/schemas/upload}). A
 *     bean parameter that is a record is read from it as JSON in snake_case; {@code String} and {@code byte[]} get it as it
 *     is. Check fields in the record's compact constructor.
 * <li>What the bean returns becomes {@code data} of the envelope, in snake_case; a {@link io.dragoman.api.Listing} is one
 *     page of a list; a {@link io.dragoman.api.Raw} is written as it is. {@code setHeader CamelHttpResponseCode} gives
 *     another status than 200.
 * <li>Throw {@link io.dragoman.failure.FailureException} (which has factories for the usual ones) from anywhere below for
 *     an error that callers are told of. Exceptions of {@link io.dragoman.datasource.Connector} and of Jackson are
 *     understood; anything else is logged and becomes {@code INTERNAL_ERROR}.
 * <li>Every reply has {@code X-Trace-Id}; a route finds it in the exchange property {@code traceId}.
 * <li>The description of the API takes the schemas of bodies and replies from the signature of the bean method that the
 *     call's route ends with; where that says {@code Object}, {@code byte[]} or nothing, {@code type} and {@code outType} of
 *     the call do.
 * <li>Every route and every step has an id, unique over all files, and a description; a test insists.
 * </ul>
 */
package io.dragoman.api;
