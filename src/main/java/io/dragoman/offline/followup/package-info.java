/**
 * Plans made from plans: a follow-up question changes the plan of the question before it, and a comparison (month over
 * month, share of the whole) is derived from the plan of what is compared.
 */
package io.dragoman.offline.followup;
