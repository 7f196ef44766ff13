/** The pages for administrators: users, API keys and the audit log; the policy. */
package io.dragoman.ui.administration;
