package io.nsqlops.backup.schedule;

import com.cronutils.mapper.CronMapper;
import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * Times in cron's words, translated into Quartz's: those count days of the week from another day.
 */
final class CronTimes {
  private static final int UNIX_FIELDS = 5;

  private CronTimes() {}

  /** The same times as a Quartz expression. */
  static String quartz(String cron) {
    String[] fields = cron.trim().split("\\s+", -1);
    boolean seconds = fields.length > UNIX_FIELDS;
    String minutes = seconds ? cron.trim().substring(fields[0].length()).trim() : cron;
    String mapped = CronMapper.fromUnixToQuartz().map(unix(minutes)).asString();
    return seconds ? fields[0] + mapped.substring(mapped.indexOf(' ')) : mapped;
  }

  /** The last time before {@code now}, to the minute; empty if there never was one. */
  static Optional<Instant> lastBefore(String cron, ZoneId zone, Instant now) {
    Cron quartz =
        new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.QUARTZ))
            .parse(quartz(cron));
    return ExecutionTime.forCron(quartz)
        .lastExecution(now.atZone(zone))
        .map(ZonedDateTime::toInstant);
  }

  private static Cron unix(String cron) {
    return new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX)).parse(cron);
  }
}
