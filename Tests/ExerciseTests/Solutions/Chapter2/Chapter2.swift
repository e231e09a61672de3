import Checkers
import ExerciseFunctions
import SolutionFunctions

extension CheckedChapter {
  static let chapter2 = CheckedChapter(
    2, Chapter2.exercises, solutions: chapter2Solutions, specimens: chapter2Specimens)
}

let chapter2Specimens: [Specimen<Chapter2Functions>] = [
  skipGramPairSpecimens, shiftedPMISpecimens, rightWindowSpecimens, continuousBagOfWordsSpecimens,
  averagePrecisionSpecimens, rightAutoencoderSpecimens, linearAutoencoderSpecimens,
  frozenProbeSpecimens, undoneInChapter2,
].flatMap(\.self)
