package io.nsqlops.backup.config;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.parser.CronParser;
import java.util.regex.Pattern;

/**
 * A Unix cron expression of five fields: minute, hour, day of month, month, day of week. Only what
 * both our own scheduler and a Kubernetes CronJob understand in the same way is accepted.
 */
public record UnixCron(String expression) {
  private static final Pattern PLAIN = Pattern.compile("[0-9A-Za-z*,/ -]+");
  private static final Pattern SUNDAY_AS_SEVEN = Pattern.compile("(^|[,-])7($|[,/-])");

  public UnixCron {
    String[] fields = expression.trim().split("\\s+", -1);
    if (fields.length != 5) {
      throw new IllegalArgumentException(
          "must have five fields (minute hour day-of-month month day-of-week), not "
              + fields.length);
    }
    expression = String.join(" ", fields);
    if (!PLAIN.matcher(expression).matches()) {
      throw new IllegalArgumentException("may contain only digits, names and the signs * , - /");
    }
    if (SUNDAY_AS_SEVEN.matcher(fields[4]).find()) {
      throw new IllegalArgumentException("must write Sunday as 0, not 7: Kubernetes refuses 7");
    }
    // The parser is cheap to build and not documented as safe for use by several threads.
    new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX))
        .parse(expression)
        .validate();
  }

  @Override
  public String toString() {
    return expression;
  }
}
