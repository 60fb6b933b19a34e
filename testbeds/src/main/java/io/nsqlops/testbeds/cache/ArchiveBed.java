package io.nsqlops.testbeds.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/**
 * A server that is one archive in a Maven repository, fetched when it is first asked for.
 *
 * @param coordinates {@code group:artifact:version[:packaging]}
 * @param prefix the folder inside the archive that becomes the bed, with a slash at its end
 * @param programs folders whose files are made executable
 */
public record ArchiveBed(
    String name, String version, String coordinates, String prefix, List<String> programs) {

  public ArchiveBed {
    programs = List.copyOf(programs);
  }

  /** The folder of the unpacked server. */
  public Path require(BedCache cache) {
    return cache.require(name, version, this::install);
  }

  private void install(Path directory) throws IOException {
    Path download = Files.createDirectory(directory.resolve(".download"));
    Zip.unpack(Maven.copy(coordinates, download), prefix, directory);
    Trees.delete(download);
    for (String folder : programs) {
      try (Stream<Path> files = Files.list(directory.resolve(folder))) {
        for (Path file : files.toList()) {
          Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
      }
    }
  }
}
