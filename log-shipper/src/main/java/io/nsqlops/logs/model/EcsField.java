package io.nsqlops.logs.model;

import java.nio.charset.StandardCharsets;

/** A field name, already written as it appears inside a document. */
public final class EcsField {
  public static final EcsField TIMESTAMP = new EcsField("@timestamp");
  public static final EcsField MESSAGE = new EcsField("message");
  public static final EcsField TAGS = new EcsField("tags");
  public static final EcsField LOG_LEVEL = new EcsField("log.level");
  public static final EcsField LOGGER = new EcsField("log.logger");
  public static final EcsField LOG_OFFSET = new EcsField("log.offset");
  public static final EcsField ORIGIN_FILE = new EcsField("log.origin.file.name");
  public static final EcsField ORIGIN_LINE = new EcsField("log.origin.file.line");
  public static final EcsField THREAD_ID = new EcsField("process.thread.id");
  public static final EcsField ERROR_CODE = new EcsField("error.code");
  public static final EcsField EVENT_ACTION = new EcsField("event.action");
  public static final EcsField EVENT_DURATION = new EcsField("event.duration");
  public static final EcsField EVENT_OUTCOME = new EcsField("event.outcome");
  public static final EcsField EVENT_KIND = new EcsField("event.kind");
  public static final EcsField EVENT_CATEGORY = new EcsField("event.category");
  public static final EcsField ORIGIN_FUNCTION = new EcsField("log.origin.function");
  public static final EcsField STACK_TRACE = new EcsField("error.stack_trace");
  public static final EcsField THREAD_NAME = new EcsField("process.thread.name");
  public static final EcsField TRACE_ID = new EcsField("trace.id");

  /** How many events this one stands for, itself included. */
  public static final EcsField COUNT = new EcsField("nsqlops.count");

  /** The same for Elasticsearch: its aggregations count the document so many times. */
  public static final EcsField DOC_COUNT = new EcsField("_doc_count");

  private final String name;
  private final byte[] text;

  public EcsField(String name) {
    this.name = name;
    this.text = (",\"" + name + "\":").getBytes(StandardCharsets.UTF_8);
  }

  public String name() {
    return name;
  }

  byte[] text() {
    return text;
  }

  @Override
  public String toString() {
    return name;
  }
}
