/** Conversations: threads of questions and answers, and the context that a follow-up needs. */
package io.dragoman.conversation;
