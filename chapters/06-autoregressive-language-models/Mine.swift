#if canImport(Chapter6Exercises)
  import Chapter6Exercises
#endif
import CourseData

/// The learner's own nucleus (exercise 6.3), which `--mine` writes the page's samples with.
enum Mine {
  /// Whether this copy of the course has exercises.
  static var isPresent: Bool {
    #if canImport(Chapter6Exercises)
      true
    #else
      false
    #endif
  }

  /// Calls the exercise's function.
  ///
  /// - Throws: `NotStarted` where it is not written, `DataError` where the answer cannot be drawn from.
  static func nucleus(_ probabilities: [Float], _ p: Float) throws -> [Float] {
    #if canImport(Chapter6Exercises)
      let kept = try Chapter6Exercises.nucleus(probabilities: probabilities, p: p)
      if kept.count != probabilities.count || !kept.allSatisfy({ $0 >= 0 && $0 <= 1.001 })
        || !kept.contains(where: { $0 > 0 })
      {
        throw DataError(
          .damaged, file: "exercises/Chapter6/Nucleus.swift",
          reason: "its answer is no list of \(probabilities.count) probabilities",
          remedy: "check it: swift run course check 6.3")
      }
      return kept
    #else
      return probabilities
    #endif
  }
}
