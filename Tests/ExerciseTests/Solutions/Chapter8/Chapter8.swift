import Chapter8Solutions
import Checkers

extension CheckedChapter {
  static let chapter8 = CheckedChapter(
    8, Chapter8.exercises, solutions: chapter8Solutions,
    specimens: [
      anchorLossSpecimens, anchorGradientSpecimens, severalPositivesSpecimens,
      pairsOfPatientsSpecimens, alignmentUniformitySpecimens, dividedPatientsSpecimens,
    ].flatMap(\.self))
}

let chapter8Solutions = Chapter8Functions(
  anchorLoss: anchorLoss, batchLoss: batchLoss,
  slopeBeforeNormalisation: slopeBeforeNormalisation, anchorGradient: anchorGradient,
  batchGradient: batchGradient, severalPositivesLoss: severalPositivesLoss,
  meanOverAnchors: meanOverAnchors, patientPair: patientPair, epochOfPairs: epochOfPairs,
  alignment: alignment, uniformity: uniformity, leakedShare: leakedShare,
  splitByPatient: splitByPatient)
