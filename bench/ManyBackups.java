import io.nsqlops.cli.Main;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;

/**
 * Makes many backups of one server in one process, as a scheduler would over months.
 *
 * <p>{@code java -cp 'lib/*' ManyBackups.java NUMBER SOURCE REPOSITORY}
 */
public final class ManyBackups {
  private ManyBackups() {}

  public static void main(String[] arguments) {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    List<String> command =
        List.of("backup", "--quiet", "--source", arguments[1], "--repo", arguments[2]);
    for (int i = 0; i < Integer.parseInt(arguments[0]); i++) {
      int code = Main.run(command, nowhere, System.err);
      if (code != 0) {
        System.exit(code);
      }
    }
  }
}
