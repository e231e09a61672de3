import Checkers
import ExerciseFunctions
import SolutionFunctions

extension CheckedChapter {
  static let chapter2 = CheckedChapter(
    2, Chapter2.exercises, solutions: chapter2Solutions, specimens: chapter2Specimens)
}

let chapter2Specimens: [Specimen<Chapter2Functions>] = [
  skipGramPairSpecimens, rightScoreSpecimens, shiftedPMISpecimens, rightWindowSpecimens,
  windowWordSpecimens, continuousBagOfWordsSpecimens, averagePrecisionSpecimens,
  rightAutoencoderSpecimens, linearAutoencoderSpecimens, changedPartSpecimens,
  frozenProbeSpecimens, undoneInChapter2,
].flatMap(\.self)
