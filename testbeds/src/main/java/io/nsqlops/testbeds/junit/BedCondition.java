package io.nsqlops.testbeds.junit;

import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Decides for {@link NeedsBed}. */
final class BedCondition implements ExecutionCondition {

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    Optional<NeedsBed> needs =
        AnnotationSupport.findAnnotation(context.getElement(), NeedsBed.class);
    if (needs.isEmpty()) {
      return ConditionEvaluationResult.enabled("needs no server");
    }
    for (Bed bed : needs.get().value()) {
      Optional<String> missing = bed.missing();
      if (missing.isPresent()) {
        return ConditionEvaluationResult.disabled("no " + bed + " here: " + missing.get());
      }
    }
    return ConditionEvaluationResult.enabled("all servers are here");
  }
}
