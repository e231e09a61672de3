import Checkers
import ExerciseFunctions
import SolutionFunctions

extension CheckedChapter {
  static let chapter3 = CheckedChapter(
    3, Chapter3.exercises, solutions: chapter3Solutions, specimens: chapter3Specimens)
}

let chapter3Specimens: [Specimen<Chapter3Functions>] = [
  patchSamplerSpecimens, colourProjectionSpecimens, colourDroppingSpecimens, pairLabelsSpecimens,
  positionErrorSpecimens, unevenSamplerSpecimens, undoneInChapter3,
].flatMap(\.self)
