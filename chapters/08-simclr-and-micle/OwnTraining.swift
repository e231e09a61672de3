import CourseData
import Notebook
import TensorCore

/// SimCLR and MICLe in short, twice: on the learner's functions and on the chapter's own (`--mine`).
///
/// Both begin with the same weights, and SimCLR's two trainings see the same views. Where all is
/// right, their first losses agree to the digits shown, and what follows up to what rounding makes of
/// it. MICLe's losses may differ a little more: the learner's epochs end with a shorter batch, the
/// chapter's do not. Plain arrays are slow, so the batches are small.
struct OwnTraining {
  private let mine: Mine
  private let set: PictureSet
  private let clinic: PatientPictures
  private var plan: ContrastivePlan
  private let (model, patientModel): (ContrastiveModel, ContrastiveModel)
  private let (first, second): (Variable, Variable)

  /// Prepares both.
  ///
  /// - Parameters:
  ///   - mine: the learner's functions.
  ///   - set: the pictures of SimCLR.
  ///   - steps: of each training.
  ///   - width: the channels of the encoder's first block.
  init(_ mine: Mine, _ set: PictureSet, steps: Int, width: Int) {
    self.mine = mine
    self.set = set
    clinic = ClinicSet(everyone: 200, training: 1, test: 1, seed: set.seed).everyone
    plan = ContrastivePlan(steps: steps)
    plan.fit(batch: 16)
    plan.steps = steps
    var random = Random(seed: set.seed, stream: 88)
    model = ContrastiveModel(channels: set.training.channels, width: width, using: &random)
    patientModel = ContrastiveModel(
      channels: clinic.pictures.channels, width: width, using: &random)
    let chosen = Array(0..<min(100, set.test.count))
    first = Variable(set.test.views(of: chosen, AugmentationSequence.forThings, using: &random))
    second = Variable(set.test.views(of: chosen, AugmentationSequence.forThings, using: &random))
  }

  /// Trains, and puts the learner's column beside the chapter's.
  ///
  /// - Throws: what the trainings throw.
  func table() throws -> Table {
    let yours = try simCLR(mine) + micle(mine)
    let ours = try simCLR(nil) + micle(nil)
    return Table(
      "\(plan.steps) steps with your functions and with the chapter's, \(plan.batch) pairs in a batch",
      columns: [.text(""), .number("yours", decimals: 3), .number("the chapter's", decimals: 3)],
      rows: zip(yours, ours).map { [.text($0.name), .number($0.value), .number($1.value)] })
  }

  /// Whether the learner's functions did the work, and which could not; known after `table()`.
  var report: String { mine.report }

  private typealias Measure = (name: String, value: Double)

  private func simCLR(_ own: Mine?) throws -> [Measure] {
    let model = model.clone()
    let pairs = try ViewPairs(set.training, .forThings, batch: plan.batch)
    let trace = try pretrain(model, plan: plan(own), seed: set.seed, title: title("SimCLR", own)) {
      pairs.next(using: &$1)
    }
    let h = Representation(model.encoder, set.training, set.test)
    let (a, b) = (frozen(model, first), frozen(model, second))
    let z = concatenate([a, b])
    let early = trace.losses.prefix(10)
    return [
      ("SimCLR: loss of the first batch", Double(trace.losses.first ?? 0)),
      ("loss of the first ten", Double(early.reduce(0, +)) / Double(max(1, early.count))),
      ("loss, last tenth of the steps", trace.finalLoss),
      ("contrastive accuracy, last tenth", trace.finalAccuracy),
      (
        "five nearest neighbours",
        nearestNeighbourAccuracy(h, set.training.labels, set.test.labels)
      ),
      ("alignment of held-out views", own?.alignment(a, b) ?? alignment(a, b)),
      ("their uniformity", own?.uniformity(z) ?? uniformity(z)),
    ]
  }

  private func micle(_ own: Mine?) throws -> [Measure] {
    let (pictures, views) = (clinic.pictures, MedicalPlan.views)
    let pairs = try PatientPairs(pictures, of: clinic.patients, views, batch: plan.batch)
    var (count, distinct) = (0, 0)
    let trace = try pretrain(
      patientModel.clone(), plan: plan(own), seed: set.seed, title: title("MICLe", own)
    ) { _, random in
      let places =
        own?.pairs(of: clinic.patients, batch: plan.batch, using: &random)
        ?? pairs.nextPlaces(using: &random)
      count += places.count
      distinct += places.count { $0.first != $0.second }
      return (
        Variable(pictures.views(of: places.map(\.first), views, using: &random)),
        Variable(pictures.views(of: places.map(\.second), views, using: &random))
      )
    }
    return [
      ("MICLe: loss, last tenth of the steps", trace.finalLoss),
      ("pairs of two different pictures", Double(distinct) / Double(max(1, count))),
    ]
  }

  private func plan(_ own: Mine?) -> ContrastivePlan {
    var plan = plan
    if let own { plan.loss = own.loss }
    plan.observations = 1
    return plan
  }

  private func title(_ method: String, _ own: Mine?) -> String {
    "\(method), \(own == nil ? "the chapter's functions" : "your functions")"
  }
}
