package io.nsqlops.logs.tail;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What there is to read of one source at this moment.
 *
 * @param files how many files match
 * @param bytes how much is in them, as they lie there
 * @param unreadable those that may not be read
 */
public record SourceSurvey(int files, long bytes, List<Path> unreadable) {
  public SourceSurvey {
    unreadable = List.copyOf(unreadable);
  }

  /**
   * What one look found.
   *
   * @param sources in their order
   * @param closed directories that cannot be looked into, and what is named as a file and is none
   */
  public record Look(List<SourceSurvey> sources, int closed) {
    public Look {
      sources = List.copyOf(sources);
    }
  }

  /**
   * One look at everything; a file that several sources match counts for the first.
   *
   * @param mostFiles how many files can be watched in the memory there is
   */
  public static Look at(List<Watched> sources, int mostFiles) {
    Discovery discovery = new Discovery(sources, mostFiles);
    List<FoundFile> found = discovery.scan();
    List<SourceSurvey> surveys = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      int source = i;
      List<FoundFile> files = found.stream().filter(f -> f.source() == source).toList();
      surveys.add(
          new SourceSurvey(
              files.size(),
              files.stream().mapToLong(f -> f.stat().size()).sum(),
              files.stream().map(FoundFile::path).filter(p -> !Files.isReadable(p)).toList()));
    }
    return new Look(surveys, discovery.unreadable());
  }
}
