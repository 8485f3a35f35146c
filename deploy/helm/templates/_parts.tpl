{{- define "cms.labels" -}}
app.kubernetes.io/name: {{ .root.Chart.Name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .role }}
{{- end }}

{{- /* The pod of a role, by its name in values.yaml and its word for docker/entrypoint. */ -}}
{{- define "cms.pod" -}}
automountServiceAccountToken: false
# Otherwise each Service of the namespace adds variables.
enableServiceLinks: false
terminationGracePeriodSeconds: 45
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  seccompProfile: { type: RuntimeDefault }
{{- with .root.Values.imagePullSecrets }}
imagePullSecrets: {{- toYaml . | nindent 2 }}
{{- end }}
containers:
  - name: {{ .role }}
    image: "{{ .root.Values.image.repository }}:{{ .root.Values.image.tag }}"
    imagePullPolicy: {{ .root.Values.image.pullPolicy }}
    args: [{{ .word | quote }}]
    envFrom:
      - secretRef:
          name: {{ .root.Values.existingSecret }}
    env:
      {{- range $name, $value := .root.Values.env }}
      - name: {{ $name }}
        value: {{ $value | quote }}
      {{- end }}
    {{- if eq .role "serve" }}
    ports:
      - { name: http, containerPort: 8000 }
    startupProbe:
      httpGet: { path: /-/live, port: http }
      periodSeconds: 2
      failureThreshold: 60
    readinessProbe:
      httpGet: { path: /-/ready, port: http }
      periodSeconds: 2
      timeoutSeconds: 2
      failureThreshold: 1
    livenessProbe:
      httpGet: { path: /-/live, port: http }
      periodSeconds: 10
      timeoutSeconds: 5
      failureThreshold: 3
    {{- else if ne .role "migrate" }}
    livenessProbe:
      exec: { command: [python, -m, cms.running.alive, {{ .word }}] }
      initialDelaySeconds: 60
      periodSeconds: 60
      timeoutSeconds: 10
      failureThreshold: 3
    {{- end }}
    resources: {{- toYaml .resources | nindent 6 }}
    securityContext:
      readOnlyRootFilesystem: true
      allowPrivilegeEscalation: false
      capabilities: { drop: [ALL] }
    volumeMounts:
      - { name: tmp, mountPath: /tmp }
      - { name: data, mountPath: /data }
volumes:
  # Uploads on their way and the server's figures; nothing has to survive.
  - { name: tmp, emptyDir: {} }
  - { name: data, emptyDir: {} }
{{- end }}

{{- define "cms.deployment" -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .root.Release.Name }}-{{ .role }}
  labels: {{- include "cms.labels" . | nindent 4 }}
spec:
  replicas: {{ .replicas }}
  selector:
    matchLabels: {{- include "cms.labels" . | nindent 6 }}
  strategy:
    rollingUpdate: { maxUnavailable: 0, maxSurge: 1 }
  template:
    metadata:
      labels: {{- include "cms.labels" . | nindent 8 }}
    spec:
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: kubernetes.io/hostname
          whenUnsatisfiable: ScheduleAnyway
          labelSelector:
            matchLabels: {{- include "cms.labels" . | nindent 14 }}
      {{- include "cms.pod" . | nindent 6 }}
{{- end }}
