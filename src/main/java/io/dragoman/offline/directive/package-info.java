/** The language of glossary directives' expressions: measures and conditions over column names, read against a schema. */
package io.dragoman.offline.directive;
