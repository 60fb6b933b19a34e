package io.nsqlops.cli.doctor;

import io.nsqlops.cli.context.Adapters;
import io.nsqlops.cli.output.Units;
import io.nsqlops.logs.config.LogsConfig;
import io.nsqlops.logs.error.LogsException;
import io.nsqlops.logs.flow.ShippingSurvey;
import io.nsqlops.logs.sink.ServerSurvey;
import io.nsqlops.logs.tail.SourceSurvey;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;

/** Looks at what {@code ship-logs} will need: files, a place for its state, Elasticsearch. */
public final class LogsCheck {
  private static final String SUBJECT = "logs";

  private final Checklist list;
  private final Clock clock;

  public LogsCheck(Checklist list, Clock clock) {
    this.list = list;
    this.clock = clock;
  }

  /** Makes all checks; writes and removes a small file in the state directory. */
  public void run(LogsConfig config, Adapters adapters) throws InterruptedException {
    ShippingSurvey here = new ShippingSurvey(config);
    try {
      String free = Units.bytes(here.probeState());
      list.well(SUBJECT, "state", config.stateDirectory() + " can be written, " + free + " free");
    } catch (LogsException e) {
      ill("state", e);
    }
    SourceSurvey.Look look = here.sources();
    List<SourceSurvey> sources = look.sources();
    for (int i = 0; i < sources.size(); i++) {
      source(String.join(", ", config.sources().get(i).paths()), sources.get(i));
    }
    if (look.closed() > 0) {
      list.ill(
          SUBJECT,
          "files",
          Units.count(look.closed(), "place")
              + " cannot be looked into, hold no file where one is named, or are files compressed in a"
              + " way that is not read: see the warnings",
          "by what they say: give this user the right to read and enter directories; name the files in"
              + " them; unpack or exclude what is compressed");
    }
    server(config, here.streams(), adapters);
  }

  private void source(String paths, SourceSurvey found) {
    if (found.files() == 0) {
      list.ill(
          SUBJECT,
          "files",
          "nothing matches " + paths,
          "right if the program is yet to come; else check the paths, and whether this user may look"
              + " into the directories");
      return;
    }
    List<Path> unreadable = found.unreadable();
    if (unreadable.isEmpty()) {
      list.well(
          SUBJECT,
          "files",
          paths + ": " + Units.count(found.files(), "file") + ", " + Units.bytes(found.bytes()));
      return;
    }
    list.ill(
        SUBJECT,
        "files",
        "%s: %s of %s may not be read, such as %s"
            .formatted(
                paths,
                Units.count(unreadable.size()),
                Units.count(found.files(), "file"),
                unreadable.get(0)),
        "give this user the right to read them");
  }

  private void server(LogsConfig config, SortedSet<String> streams, Adapters adapters)
      throws InterruptedException {
    Instant before = clock.instant();
    ServerSurvey survey;
    try {
      survey = adapters.surveyLogServer(config, streams);
    } catch (LogsException e) {
      ill("server", e);
      return;
    }
    list.well(SUBJECT, "server", "Elasticsearch " + survey.described());
    if (survey.time() != null) {
      list.clock(SUBJECT, before, survey.time());
    }
    rights(survey, streams);
    template(survey.template());
    for (ServerSurvey.Block block : survey.blocks()) {
      list.ill(SUBJECT, "blocks", "the cluster takes nothing: " + block.reason(), block.liftedBy());
    }
    for (String index : survey.plainIndices()) {
      list.ill(
          SUBJECT,
          "streams",
          index + " is a plain index, not a data stream: it grows without rolling over",
          "reindex it under another name and delete it; the next document makes the data stream");
    }
  }

  private void rights(ServerSurvey survey, SortedSet<String> streams) {
    if (!survey.rightsTold()) {
      list.well(SUBJECT, "rights", "Elasticsearch does not tell of rights: it has no security");
    } else if (survey.lacking().isEmpty()) {
      list.well(SUBJECT, "rights", "may write to " + String.join(", ", streams));
    } else {
      list.ill(
          SUBJECT,
          "rights",
          "lacks " + String.join(", ", survey.lacking()),
          "give these privileges to the API key or the user's role");
    }
  }

  private void template(ServerSurvey.Template template) {
    switch (template) {
      case INSTALLED -> list.well(SUBJECT, "template", "is installed");
      case NOT_TOLD ->
          list.well(SUBJECT, "template", "this user may not look whether it is installed");
      case MISSING ->
          list.ill(
              SUBJECT,
              "template",
              "the index template is not installed: fields are mapped as they come",
              "once, with the right manage_index_templates: nsql-ops ship-logs --templates all");
    }
  }

  private void ill(String check, LogsException e) {
    list.ill(SUBJECT, check, e.told(), e.hint());
  }
}
