package io.nsqlops.logs.sink;

/**
 * A refused document.
 *
 * @param status HTTP status of the refusal
 * @param type kind of error, as Elasticsearch names it
 * @param reason why, in Elasticsearch's words
 * @param action the action line of the bulk request: names data stream and id
 * @param document the document as it was sent
 * @param original the line as it was read
 */
public record DeadLetter(
    int status, String type, String reason, String action, String document, String original) {}
