// Exercise 8.6 · Patients on both sides (diagnose)
//
// A colleague's classifier finds the pathology in 96 % of the test pictures. In the next hospital
// it finds 61 %. Besides, her figures differ from one run to the next, though she always gives the
// same seed. The function `colleaguesSplit` below divided her pictures, the share of each
// diagnosis kept with care. Find the two things that are wrong, then write a split that is sound.
// `colleaguesSplit` stays as it is: it is the evidence.
//
// Before you start: chapters/08-simclr-and-micle/README.md, "Where it breaks: the patient on both sides".
// Check it with: swift run course check 8.6

import Exercises
import TensorCore

/// What the colleague wrote, whose test score means nothing.
///
/// `patients[i]` is the number of the patient whom picture i shows, and `diagnoses[i]` that
/// patient's diagnosis, one for all pictures of a patient. The result: the indices of the pictures
/// to train on, and of those to test on.
public func colleaguesSplit(
  patients: [Int], diagnoses: [Int], testShare: Float, seed: UInt64
) -> (train: [Int], test: [Int]) {
  var random = Random(seed: seed)
  var (train, test): ([Int], [Int]) = ([], [])
  for (_, pictures) in Dictionary(grouping: patients.indices, by: { diagnoses[$0] }) {
    let drawn = random.permutation(pictures.count).map { pictures[$0] }
    let count = Int((testShare * Float(drawn.count)).rounded())
    test += drawn.prefix(count)
    train += drawn.dropFirst(count)
  }
  return (train, test)
}

/// The evidence: the share of the test pictures that show a patient of whom a picture was trained
/// on.
///
/// - `patients`: `[pictures]`, the patient whom each picture shows
/// - `train`, `test`: indices of pictures
/// - result: from 0 (no leak) to 1; 0 if there are no test pictures
///
/// Example: patients `[7, 7, 7, 3, 9]`, train `[0, 3]`, test `[1, 2, 4]` → 0.6667. (Pictures 1 and
/// 2 show patient 7, whom training knows; patient 9 is new.)
public func leakedShare(patients: [Int], train: [Int], test: [Int]) throws -> Float {
  // Your answer begins here.
  throw NotStarted()
  // Your answer ends here.
}

/// The repaired split: all pictures of a patient stand on one side, and each diagnosis keeps its
/// share.
///
/// - Of the n *patients* with a diagnosis `Int((testShare * Float(n)).rounded())` are tested.
///   Which ones is drawn, each choice equally likely.
/// - All pictures of a tested patient are in `test`, all others in `train`; their order does not
///   matter.
/// - The same seed gives the same split, in this run and in every other; other seeds may give others.
///
/// Example: patients `[7, 7, 3, 4, 4, 9]`, diagnoses `[0, 0, 0, 1, 1, 1]`, testShare 0.5: one of
/// the patients 7 and 3 is tested, and one of 4 and 9; for instance train `[2, 3, 4]`, test
/// `[0, 1, 5]`.
public func splitByPatient(
  patients: [Int], diagnoses: [Int], testShare: Float, seed: UInt64
) throws -> (train: [Int], test: [Int]) {
  // Your answer begins here.
  throw NotStarted()
  // Your answer ends here.
}
